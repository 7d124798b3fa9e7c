const CONNECTION_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
]);

// SQLSTATE: connection exceptions, resources used up, the server stopping or starting, and transactions that lost a race.
const SQL_STATES = /^(08\w{3}|53\w{3}|57P0[1-4]|58\w{3}|40001|40P01|55P03|25006)$/;

// `pg` reports these without a code.
const CONNECTION_MESSAGES =
  /^(Connection terminated|timeout (exceeded|expired)|Query read timeout|Client has encountered a connection error|Client was closed)/;

const MAX_CAUSES = 8;

/** Whether a later try can succeed with the same message: an engine was unavailable, or the error says so itself. */
export function isTransient(error: unknown): boolean {
  let current: unknown = error;
  for (let depth = 0; depth < MAX_CAUSES && typeof current === 'object' && current !== null; depth += 1) {
    if (saysTransient(current)) return true;
    current = causeOf(current);
  }
  return false;
}

/** Whether a connection could not be made or was lost, judged by the error of `pg` or of the operating system. */
export function isConnectionLost(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const code = codeOf(error);
  if (code !== undefined) {
    if (code === 'ENOENT') return 'syscall' in error && error.syscall === 'connect';
    return CONNECTION_CODES.has(code) || /^(08\w{3}|57P0[1-4]|53300)$/.test(code);
  }
  return 'message' in error && typeof error.message === 'string' && CONNECTION_MESSAGES.test(error.message);
}

function saysTransient(error: object): boolean {
  if ('transient' in error && error.transient === true) return true;
  const code = codeOf(error);
  return isConnectionLost(error) || (code !== undefined && (code.endsWith('_unavailable') || SQL_STATES.test(code)));
}

const codeOf = (error: object): string | undefined => ('code' in error && typeof error.code === 'string' ? error.code : undefined);

function causeOf(error: object): unknown {
  if ('cause' in error && error.cause !== undefined) return error.cause;
  return 'driverError' in error ? error.driverError : undefined;
}
