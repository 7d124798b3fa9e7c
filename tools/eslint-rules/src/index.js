import { guardedRoutes } from './guarded-routes.js';
import { importCircles } from './import-circles.js';
import { moduleBoundaries } from './module-boundaries.js';
import { pureDomain } from './pure-domain.js';
import { streamRegistry } from './stream-registry.js';
import { wordsFromCatalogues } from './words-from-catalogues.js';

/** Rules of this repository; each has its spec beside it. */
export const rules = {
  'guarded-routes': guardedRoutes,
  'import-circles': importCircles,
  'module-boundaries': moduleBoundaries,
  'pure-domain': pureDomain,
  'stream-registry': streamRegistry,
  'words-from-catalogues': wordsFromCatalogues,
};
