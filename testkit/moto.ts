import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, onTestFinished } from 'vitest';
import { temporaryDirectory } from './context.ts';
import { runPeer } from './peer.ts';

/** moto 5.2 hashes what is a digest already (MessageType DIGEST) once more; with this it signs as AWS does. */
const program = `
import sys, threading
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, utils
from moto.kms.responses import KmsResponse
from moto.kms.utils import ECDSAPrivateKey, RSAPrivateKey
from moto.server import main

asked = threading.local()
respond = KmsResponse.sign

def sign(self):
    asked.type = self._get_param("MessageType")
    return respond(self)

def patch(kind, use):
    before = kind.sign
    def sign(self, message, algorithm):
        if asked.type != "DIGEST":
            return before(self, message, algorithm)
        return use(self.private_key, message, utils.Prehashed(getattr(hashes, "SHA" + algorithm[-3:])()))
    kind.sign = sign

KmsResponse.sign = sign
patch(ECDSAPrivateKey, lambda key, digest, hash: key.sign(digest, ec.ECDSA(hash)))
patch(RSAPrivateKey, lambda key, digest, hash: key.sign(digest, padding.PKCS1v15(), hash))
main(sys.argv[1:])
`;

/** moto on a port of its own until the test ends; its address. */
export async function startMoto(): Promise<string> {
  const { stdout } = await runPeer('sh', ['-c', 'command -v moto_server']);
  const [, python = 'python3'] = /^#!(\S*python\S*)/.exec(readFileSync(stdout.toString('utf8').trim(), 'utf8')) ?? [];
  const script = join(temporaryDirectory(), 'serve.py');
  writeFileSync(script, program);
  const port = await freePort();
  const child = spawn(python, [script, '-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  const address = `http://127.0.0.1:${port}`;
  for (let round = 0; round < 150; round += 1) {
    const isUp = await fetch(`${address}/moto-api/data.json`).then(
      (response) => response.ok,
      () => false,
    );
    if (isUp) return address;
    await setTimeout(200);
  }
  return expect.fail('moto does not start');
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
