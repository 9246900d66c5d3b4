import { expect, test } from 'vitest';
import { toInstruction } from './layer-command.ts';

test.each([
  ['/bin/sh -c #(nop)  CMD ["bash"]', 'CMD ["bash"]'],
  ['/bin/sh -c apt-get update', 'RUN apt-get update'],
  ['RUN /bin/sh -c pip install -r requirements.txt # buildkit', 'RUN pip install -r requirements.txt'],
  ['RUN |2 A=1 B=two /bin/sh -c make   all # buildkit', 'RUN make all'],
  ['|1 A=1 /bin/sh -c make', 'RUN make'],
  ['COPY . /app # buildkit', 'COPY . /app'],
  ['', ''],
])('%j is %j', (createdBy, instruction) => {
  expect(toInstruction(createdBy)).toBe(instruction);
});

test('a long command is cut', () => {
  expect(toInstruction('x'.repeat(5000))).toHaveLength(401);
});
