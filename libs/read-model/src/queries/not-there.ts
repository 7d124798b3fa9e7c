/** Codes of Postgres for a table, for a schema and for a column that is not there. */
const NOT_THERE = new Set(['42P01', '3F000', '42703']);

/** Reads tables of the projection for a service that may run before the projection has run for the first time, or before its new version has: until then there are no rows. */
export async function rowsOnceThere<Rows>(read: Promise<Rows>, none: Rows): Promise<Rows> {
  try {
    return await read;
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && NOT_THERE.has(String(error.code))) return none;
    throw error;
  }
}
