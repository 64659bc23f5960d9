/** What the spool takes: of memory, for lines that are kept at hand; of disk, for all. */
export class SpoolUsage {
  /** Unsent lines up to this many bytes stay in memory too; beyond, they are read back from disk. */
  readonly memoryLimit = 64e6;
  memory = 0;
  disk = 0;
  /** What other processes had in the folder when it was last looked at. */
  others = 0;

  constructor(public diskLimit: number) {}

  hasRoom(bytes: number): boolean {
    return this.disk + this.others + bytes <= this.diskLimit;
  }
}
