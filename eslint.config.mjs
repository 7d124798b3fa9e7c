import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { rules } from './tools/eslint-rules/src/index.js';

const sources = [
  'libs/*/src/**/*.ts',
  'libs/*/test/**/*.ts',
  'services/*/src/**/*.ts',
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
  {
    files: sources,
    extends: [tseslint.configs.strict],
    plugins: { holdfast: { rules } },
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      'holdfast/guarded-routes': 'error',
      'holdfast/import-circles': 'error',
      'holdfast/module-boundaries': 'error',

      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports', disallowTypeAnnotations: false }],
      // A promise that nobody waits for is an error that nobody sees.
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/prefer-promise-reject-errors': 'error',
      '@typescript-eslint/no-unsafe-argument': 'error',
      '@typescript-eslint/no-unsafe-assignment': 'error',
      '@typescript-eslint/no-unsafe-call': 'error',
      '@typescript-eslint/no-unsafe-member-access': 'error',
      '@typescript-eslint/no-unsafe-return': 'error',
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
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
    files: ['libs/inventory/src/**/*.ts'],
    ignores: specs,
    rules: { 'holdfast/pure-domain': 'error' },
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
      // Matchers of jest are typed any.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      'no-console': 'off',
    },
  },
);
