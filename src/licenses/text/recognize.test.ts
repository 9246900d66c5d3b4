import { expect, test } from 'vitest';
import { recognizeLicenses } from './recognize.ts';

const mit = `Copyright (c) someone

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights.

The above copyright notice and this permission notice shall be included in
all copies or substantial portions of the Software.`;

const apache = `                                 Apache License
                           Version 2.0, January 2004
                        http://www.apache.org/licenses/

   TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION`;

const bsd2 = `Redistributions of source code must retain the above copyright notice, this list.
 * Redistributions in binary form must reproduce the above copyright notice, this list.`;

const bsd3 = `${bsd2}
 * Neither the name of the owner nor the names of its contributors may be used to endorse or promote products
 * derived from this software without specific prior written permission.`;

test.each<[string, string, readonly string[]]>([
  ['MIT', mit, ['MIT']],
  ['Apache', apache, ['Apache-2.0']],
  ['two clauses', bsd2, ['BSD-2-Clause']],
  ['three clauses', bsd3, ['BSD-3-Clause']],
  ['two licences in one file', `${mit}\n\n${apache}`, ['Apache-2.0', 'MIT']],
  ['a licence of versions', 'GNU GENERAL PUBLIC LICENSE\n   Version 2, June 1991', ['GPL-2.0-only']],
  ['a mention', 'Licensed under the terms of your choice, MIT or else.', []],
  ['nothing', '', []],
])('%s is recognised', (_, text, expected) => {
  expect(recognizeLicenses(text)).toEqual(expected);
});
