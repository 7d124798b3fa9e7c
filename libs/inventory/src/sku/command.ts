/** Fields of every command on a SKU. The caller supplies the time (`at`, epoch milliseconds) and the ids; the domain makes neither. */
export interface Command {
  readonly at: number;
  /** Made by the caller; the same id again changes nothing. */
  readonly commandId: string;
}
