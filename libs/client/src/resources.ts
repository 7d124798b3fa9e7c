import type { Resources } from './generated/resources.js';
import { operations, type Operation } from './operation-table.js';
import { Pages } from './pages/pages.js';
import { Call } from './requests/call.js';
import { argumentsOf, type Arguments } from './requests/prepared.js';
import type { Requests } from './requests/requests.js';
import { serverSentEvents } from './stream/server-sent-events.js';

type Method = (...given: readonly unknown[]) => unknown;

function callOf(requests: Requests, operation: Operation, given: Arguments): Call<unknown> {
  const key = requests.keyOf(operation, given.options);
  return new Call(requests.send(operation, given, key), key);
}

/** Two signals as one. */
const either = (one: AbortSignal | undefined, other: AbortSignal | undefined): { readonly signal?: AbortSignal } => {
  const given = [one, other].filter((each) => each !== undefined);
  return given.length === 0 ? {} : { signal: AbortSignal.any(given) };
};

function methodOf(requests: Requests, operation: Operation): Method {
  const { answer, list } = operation;
  if (answer === 'events')
    return (...given) => {
      const asked = argumentsOf(operation, given);
      return serverSentEvents(requests, operation, asked, asked.options);
    };
  if (list === undefined) return (...given) => callOf(requests, operation, argumentsOf(operation, given));
  return (...given) => {
    const asked = argumentsOf(operation, given);
    const ask = (more: Arguments['query'], signal?: AbortSignal): Call<unknown> =>
      callOf(requests, operation, {
        ...asked,
        query: { ...asked.query, ...more },
        options: { ...asked.options, ...either(asked.options.signal, signal) },
      });
    return new Pages(ask, list);
  };
}

/** The methods of the API by their namespaces. */
export function resourcesOf(requests: Requests): Resources {
  const resources: Record<string, Record<string, Method>> = {};
  for (const operation of operations()) {
    const [namespace = '', verb = ''] = operation.id.split('.');
    (resources[namespace] ??= {})[verb] = methodOf(requests, operation);
  }
  return resources as unknown as Resources;
}
