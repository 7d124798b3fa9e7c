const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text can be compared with a column of the type uuid; Postgres fails on any other. */
export const isUuid = (text: string): boolean => UUID.test(text);
