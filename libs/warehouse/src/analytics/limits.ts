/** Days without use after which stock counts as slow moving. */
export const SLOW_MOVING_DAYS = 90;

/** Most days that a period of figures may have: ten years. */
export const MAX_PERIOD_DAYS = 3_660;

/** Days of the period of figures where none is asked for. */
export const USUAL_PERIOD_DAYS = 30;
