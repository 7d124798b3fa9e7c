/** What every command on a SKU carries. The domain makes neither the time (`at`, epoch milliseconds) nor the ids. */
export interface Command {
  readonly at: number;
  /** Made by the caller; the same id again changes nothing. */
  readonly commandId: string;
}
