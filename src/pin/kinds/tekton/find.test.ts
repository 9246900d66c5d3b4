import { expect, test } from 'vitest';
import { pinText } from '../../../../testkit/pin.ts';
import { findSites } from './find.ts';

test('steps, sidecars, templates, actions and bundles, also inside other resources', () => {
  const text = `apiVersion: tekton.dev/v1
kind: Task
spec:
  stepTemplate: {image: a:1}
  steps:
    - {name: x, image: b:1}
    - name: y
      image: $(params.image)
  sidecars: [{image: c:1}]
---
apiVersion: tekton.dev/v1beta1
kind: StepAction
spec: {image: d:1}
---
apiVersion: triggers.tekton.dev/v1beta1
kind: TriggerTemplate
spec:
  resourcetemplates:
    - apiVersion: tekton.dev/v1
      kind: PipelineRun
      spec:
        pipelineSpec:
          tasks:
            - taskSpec: {steps: [{image: e:1}]}
            - taskRef:
                resolver: bundles
                params: [{name: bundle, value: f:1}, {name: name, value: g:1}]
---
apiVersion: v1
kind: Other
steps: [{image: z:1}]
`;
  const expected = text.replace(/(?<=\b[a-f]):1/g, ':1@PIN');
  expect(pinText(findSites, text)).toEqual({ text: expected, open: ['spec.steps.1.image: a variable decides it'] });
});
