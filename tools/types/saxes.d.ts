/** What is used of `saxes` 6.0.0, whose own declarations TypeScript 7 refuses (listed under `paths` in tsconfig.json). */
export declare class SaxesParser {
  on(event: 'error', listener: (error: Error) => void): void;
  on(event: 'opentag', listener: (tag: { name: string; attributes: Record<string, string> }) => void): void;
  on(event: 'closetag', listener: () => void): void;
  on(event: 'doctype' | 'text' | 'cdata', listener: (text: string) => void): void;
  write(text: string): this;
  close(): this;
}
