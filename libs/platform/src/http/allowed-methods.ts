import type { FastifyInstance } from 'fastify';
import type { AllowedMethods } from '../problems/problem.filter.js';

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const patternOf = (template: string): RegExp =>
  new RegExp(
    `^${template
      .split('/')
      .map((part) => (part.startsWith(':') ? '[^/]+' : escape(part)))
      .join('/')}/?$`,
  );

/** Remembers the routes of an instance from now on; asked only for requests that matched none, so it may be slow. */
export function trackRoutes(instance: FastifyInstance): AllowedMethods {
  const methods = new Map<string, Set<string>>();
  instance.addHook('onRoute', ({ method, url }) => {
    const known = methods.get(url) ?? new Set<string>();
    for (const each of [method].flat()) known.add(each);
    methods.set(url, known);
  });
  return (path) => {
    const found = [...methods].filter(([template]) => patternOf(template).test(path)).flatMap(([, allowed]) => [...allowed]);
    return [...new Set(found)].sort();
  };
}
