// Lets node run this package's TypeScript directly, for tests that need a process of their own: node --import ./register.mjs file.ts
import { register } from 'node:module';

register('./typescript-hooks.mjs', import.meta.url);
