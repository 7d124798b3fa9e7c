/** Remembers up to where the log holds what this client wrote, so that its reads can be asked for it. */
export class OwnWrites {
  private highest: bigint | undefined;

  /** Position of the newest event that a write of this client was answered with. */
  get position(): bigint | undefined {
    return this.highest;
  }

  wrote(position: bigint): void {
    if (this.highest === undefined || position > this.highest) this.highest = position;
  }
}
