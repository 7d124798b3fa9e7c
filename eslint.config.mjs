import reactHooks from 'eslint-plugin-react-hooks';
import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { rules } from './tools/eslint-rules/src/index.js';

// Rules that need types stand in .oxlintrc.json.

const sources = [
  'libs/*/src/**/*.ts',
  'libs/*/test/**/*.ts',
  'services/*/src/**/*.ts',
  'services/console/src/**/*.tsx',
  'services/*/test/**/*.ts',
  'tools/*/src/**/*.ts',
  'tools/*/test/**/*.ts',
];
const specs = ['**/*.spec.ts', '*/*/test/**/*.ts'];

export default defineConfig(
  { ignores: ['**/dist/', '**/node_modules/', '**/coverage/', '.nx/', '**/*.d.ts', '**/tmp/'] },
  js.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true },
  },
  {
    files: ['**/*.mjs', '**/*.js'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        setTimeout: 'readonly',
        performance: 'readonly',
        URL: 'readonly',
        Buffer: 'readonly',
      },
    },
  },
  { files: ['tools/jest/*.mjs'], languageOptions: { globals: { expect: 'readonly' } } },
  { files: ['tools/jest/*.cjs'], languageOptions: { sourceType: 'commonjs', globals: { require: 'readonly', module: 'writable' } } },
  {
    files: sources,
    extends: [tseslint.configs.strict],
    plugins: { holdfast: { rules } },
    // Classes that only a decorated signature names are values at run time.
    languageOptions: { parserOptions: { emitDecoratorMetadata: true, experimentalDecorators: true } },
    rules: {
      'holdfast/guarded-routes': 'error',
      'holdfast/import-circles': 'error',
      'holdfast/module-boundaries': 'error',

      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports', disallowTypeAnnotations: false }],
      // Modules of Nest and markers are classes without members.
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/no-invalid-void-type': 'off',

      // Naming control characters in order to refuse them is the rule here, not the accident.
      'no-control-regex': 'off',
      eqeqeq: 'error',
      'no-console': 'error',
      'prefer-const': 'error',
      'no-restricted-exports': [
        'error',
        { restrictDefaultExports: { direct: true, named: true, defaultFrom: true, namedFrom: true, namespaceFrom: true } },
      ],
    },
  },
  {
    files: sources,
    ignores: specs,
    rules: { 'max-lines': ['error', { max: 250 }] },
  },
  {
    files: ['services/console/src/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error', 'holdfast/words-from-catalogues': 'error' },
  },
  {
    files: ['libs/inventory/src/**/*.ts'],
    ignores: specs,
    rules: { 'holdfast/pure-domain': 'error' },
  },
  {
    files: ['libs/warehouse/src/**/*.ts'],
    ignores: specs,
    rules: { 'holdfast/pure-domain': ['error', { domain: ['@holdfast/inventory'] }] },
  },
  {
    // Specs write stored events by hand, and the simulation's auditor shares no code with what wrote them.
    files: sources,
    ignores: [...specs, 'libs/contracts/src/streams/*.ts', 'libs/event-store/src/contract/*.ts', 'libs/simulation/src/auditor/*.ts'],
    rules: { 'holdfast/stream-registry': 'error' },
  },
  {
    files: specs,
    rules: {
      'no-console': 'off',
    },
  },
);
