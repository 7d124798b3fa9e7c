/** Leaves out what is not set: an optional parameter is absent rather than undefined. */
export const present = <Shape extends object>(values: Shape): { [Key in keyof Shape]?: Exclude<Shape[Key], undefined> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== '')) as {
    [Key in keyof Shape]?: Exclude<Shape[Key], undefined>;
  };
