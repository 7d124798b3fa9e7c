/**
 * Whether an id can be one segment of a path, once it is percent-encoded. `.` and `..` cannot: a URL takes them, encoded too, as the path
 * itself and the one above it, so that the call would go elsewhere.
 */
export const isSegment = (id: string): boolean => id !== '' && id !== '.' && id !== '..';
