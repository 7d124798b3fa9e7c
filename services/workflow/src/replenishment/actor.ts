/** Actor of what runs and the process of an order decide by themselves. */
export const RUN_ACTOR = 'replenishment';
