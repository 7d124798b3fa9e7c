import { createRootRoute } from '@tanstack/react-router';
import { NoSuchScreen, Shell } from './shell.js';

/** What all screens lie in. */
export const root = createRootRoute({ component: Shell, notFoundComponent: NoSuchScreen });
