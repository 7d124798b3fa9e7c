const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

interface Stoppable {
  stop(): Promise<unknown>;
}

/** Ends the program when it is told to, and first what it started. Told again it ends at once; what is left is ended by `endWithUs`. */
export class Ending {
  private isTold = false;
  private target: Stoppable | undefined;

  constructor(private readonly say: (line: string) => void) {
    for (const signal of SIGNALS) process.on(signal, () => void this.end(signal));
  }

  stops(target: Stoppable): void {
    this.target = target;
  }

  private async end(signal: NodeJS.Signals): Promise<never> {
    if (!this.isTold) {
      this.isTold = true;
      this.say(`ended by ${signal}`);
      await this.target?.stop().catch(() => undefined);
    }
    process.exit(1);
  }
}
