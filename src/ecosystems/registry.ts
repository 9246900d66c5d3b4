import type { Ecosystem } from '../core/index.ts';
import { makeRegistry, type Registry } from '../kit/registry.ts';
import { activeState } from './activestate/index.ts';
import { alma } from './alma/index.ts';
import { alpine } from './alpine/index.ts';
import { amazon } from './amazon/index.ts';
import { apk } from './apk/index.ts';
import { azureLinux } from './azurelinux/index.ts';
import { bottlerocket } from './bottlerocket/index.ts';
import { cblMariner } from './cbl-mariner/index.ts';
import { centos } from './centos/index.ts';
import { centosStream } from './centos-stream/index.ts';
import { chainguard } from './chainguard/index.ts';
import { coreos } from './coreos/index.ts';
import { debian } from './debian/index.ts';
import { dpkg } from './dpkg/index.ts';
import { echo } from './echo/index.ts';
import { fedora } from './fedora/index.ts';
import { go } from './go/index.ts';
import { java } from './java/index.ts';
import { minimos } from './minimos/index.ts';
import { npm } from './npm/index.ts';
import { openSuseLeap } from './opensuse-leap/index.ts';
import { openSuseTumbleweed } from './opensuse-tumbleweed/index.ts';
import { oracle } from './oracle/index.ts';
import { osRelease } from './os-release/index.ts';
import { photon } from './photon/index.ts';
import { python } from './python/index.ts';
import { redhat } from './redhat/index.ts';
import { rocky } from './rocky/index.ts';
import { rpm } from './rpm/index.ts';
import { slem } from './slem/index.ts';
import { sles } from './sles/index.ts';
import { ubuntu } from './ubuntu/index.ts';
import { wolfi } from './wolfi/index.ts';

/** Every package format, distribution and language ecosystem, in the order results are listed. */
export const ecosystems: Registry<Ecosystem> = makeRegistry<Ecosystem>([
  osRelease,
  apk,
  dpkg,
  rpm,
  alpine,
  wolfi,
  chainguard,
  minimos,
  debian,
  ubuntu,
  echo,
  redhat,
  centos,
  centosStream,
  fedora,
  rocky,
  alma,
  oracle,
  amazon,
  sles,
  slem,
  openSuseLeap,
  openSuseTumbleweed,
  photon,
  cblMariner,
  azureLinux,
  bottlerocket,
  coreos,
  activeState,
  npm,
  python,
  go,
  java,
]);
