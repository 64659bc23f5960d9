/** The files given are not a backbone Thaw can train; every problem found is named. */
export class BackboneError extends Error {
  override name = 'BackboneError';
  constructor(readonly problems: string[]) {
    super(problems.join('\n'));
  }
}
