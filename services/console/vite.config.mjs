import { fileURLToPath } from 'node:url';
import locales from '@react-aria/optimize-locales-plugin';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compressed } from './build/compressed.mjs';
import { budget } from './build/budget.mjs';
import { compiledWords } from './build/compiled-words.mjs';

/** What every screen needs comes as one file, so that the first picture waits for few. */
const SHELL = /node_modules|rolldown|libs\/client|src\/(app|ui|charts)\/|src\/words\/\w+\.ts/;

export default defineConfig({
  base: '/app/',
  root: import.meta.dirname,
  clearScreen: false,
  logLevel: 'warn',
  plugins: [
    { ...locales.vite({ locales: ['en-US', 'de-DE', 'pt-BR'] }), enforce: 'pre' },
    react(),
    compiledWords(),
    budget(),
    compressed(),
  ],
  resolve: { alias: { '@holdfast/client': fileURLToPath(new URL('../../libs/client/src/index.ts', import.meta.url)) } },
  worker: { format: 'es' },
  build: {
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'shell', test: SHELL }] } } },
    target: 'es2022',
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    sourcemap: false,
  },
});
