import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startHoldfast as start } from '@holdfast/testing';

export interface StartedHoldfast {
  readonly url: string;
  readonly key: string;
  stop(): Promise<void>;
}

/** Starts Holdfast without sample data, in a new temporary folder unless HOLDFAST_DATA names one. */
export function startHoldfast(): Promise<StartedHoldfast> {
  const { HOLDFAST_API_KEY: apiKey, HOLDFAST_DATA: dataFolder, PORT: port } = process.env;
  return start({
    root: resolve(dirname(fileURLToPath(import.meta.url)), '../../..'),
    ...(apiKey === undefined ? {} : { apiKey }),
    ...(dataFolder === undefined ? {} : { dataFolder }),
    ...(port === undefined ? {} : { port: Number(port) }),
  });
}
