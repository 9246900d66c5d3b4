/** What tells a licence text from others, in the form of `plainWords`. */
export interface LicenseMark {
  readonly id: string;
  /** All of these occur. */
  readonly has: readonly string[];
  /** None of these occurs: they belong to a longer relative. */
  readonly lacks?: readonly string[];
}

const bsdSource = 'redistributions of source code must retain the above copyright notice';
const bsdBinary = 'redistributions in binary form must reproduce the above copyright notice';
const bsdEndorse =
  'be used to endorse or promote products derived from this software without specific prior written permission';
const bsdAdvertising = 'all advertising materials mentioning features or use of this software must display';
const mitGrant =
  'permission is hereby granted free of charge to any person obtaining a copy of this software and associated ' +
  'documentation files the software to deal in the software without restriction';
const mitNotice = 'the above copyright notice and this permission notice shall be included in all copies';

/** Sentences that only this licence has; the headings of the longer ones. */
export const licenseMarks: readonly LicenseMark[] = [
  {
    id: '0BSD',
    has: [
      'permission to use copy modify and or distribute this software for any purpose with or without fee is hereby granted',
    ],
    lacks: ['provided that the above copyright notice and this permission notice appear in all copies'],
  },
  { id: 'AGPL-3.0', has: ['gnu affero general public license version 3 19 november 2007'] },
  { id: 'Apache-1.1', has: ['the apache software license version 1 1', bsdSource] },
  {
    id: 'Apache-2.0',
    has: ['apache license version 2 0 january 2004', 'terms and conditions for use reproduction and distribution'],
  },
  { id: 'Artistic-2.0', has: ['the artistic license 2 0'] },
  { id: 'BSD-2-Clause', has: [bsdSource, bsdBinary], lacks: [bsdEndorse, bsdAdvertising] },
  { id: 'BSD-3-Clause', has: [bsdSource, bsdBinary, bsdEndorse], lacks: [bsdAdvertising] },
  { id: 'BSD-4-Clause', has: [bsdSource, bsdBinary, bsdAdvertising] },
  { id: 'BSL-1.0', has: ['boost software license version 1 0 august 17th 2003'] },
  { id: 'CC0-1.0', has: ['cc0 1 0 universal', 'affirmer'] },
  { id: 'CDDL-1.0', has: ['common development and distribution license cddl version 1 0'] },
  { id: 'CDDL-1.1', has: ['common development and distribution license cddl version 1 1'] },
  { id: 'EPL-1.0', has: ['eclipse public license v 1 0', 'this eclipse public license agreement'] },
  { id: 'EPL-2.0', has: ['eclipse public license v 2 0', 'this eclipse public license agreement'] },
  { id: 'GPL-2.0', has: ['gnu general public license version 2 june 1991'] },
  { id: 'GPL-3.0', has: ['gnu general public license version 3 29 june 2007'] },
  {
    id: 'ISC',
    has: [
      'permission to use copy modify and or distribute this software for any purpose with or without fee is hereby ' +
        'granted provided that the above copyright notice and this permission notice appear in all copies',
    ],
  },
  { id: 'LGPL-2.0', has: ['gnu library general public license version 2 june 1991'] },
  { id: 'LGPL-2.1', has: ['gnu lesser general public license version 2 1 february 1999'] },
  { id: 'LGPL-3.0', has: ['gnu lesser general public license version 3 29 june 2007'] },
  { id: 'MIT', has: [mitGrant, mitNotice] },
  { id: 'MIT-0', has: [mitGrant], lacks: [mitNotice] },
  { id: 'MPL-1.1', has: ['mozilla public license version 1 1', 'initial developer'] },
  { id: 'MPL-2.0', has: ['mozilla public license version 2 0', 'covered software'] },
  { id: 'PSF-2.0', has: ['python software foundation license version 2'] },
  { id: 'Unlicense', has: ['this is free and unencumbered software released into the public domain'] },
  { id: 'WTFPL', has: ['do what the fuck you want to public license'] },
  {
    id: 'Zlib',
    has: [
      'this software is provided as is without any express or implied warranty',
      'the origin of this software must not be misrepresented',
    ],
  },
];
