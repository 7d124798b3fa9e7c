/** Injection tokens of what `createServiceApp` was given; every module of a service may ask for them. */
export const CONFIG = Symbol('holdfast config');
export const LOGGER = Symbol('holdfast logger');
export const METRICS = Symbol('holdfast metrics');
export const HEALTH = Symbol('holdfast health');
export const IDEMPOTENCY = Symbol('holdfast idempotency');
export const CLOCK = Symbol('holdfast clock');
