// Few rules, each with a reason; zero warnings. Formatting belongs to Prettier.
import js from '@eslint/js';
import globals from 'globals';
import svelte from 'eslint-plugin-svelte';
import ts from 'typescript-eslint';

export default ts.config(
  { ignores: ['node_modules/', 'dist/', 'out/', 'release/', '**/assembly/**', 'test/fixtures/'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
    rules: {
      // TypeScript knows what is defined, with the right globals for each folder.
      'no-undef': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      eqeqeq: ['error', 'always'],
      'no-empty': ['error', { allowEmptyCatch: false }],
      'no-restricted-syntax': [
        'error',
        {
          // The pathname of a file address keeps %20 for a space and /C: for a drive.
          selector:
            "MemberExpression[property.name='pathname'] > NewExpression.object > MemberExpression.arguments[property.name='url'] > MetaProperty",
          message: 'A place on disk comes from fileURLToPath(new URL(…, import.meta.url)).',
        },
        {
          selector: 'ObjectExpression > SpreadElement > ObjectExpression.argument',
          message: 'Keys of one object stand in it directly; the formatter decides on the lines.',
        },
      ],
    },
  },
  {
    // A promise nobody waits for hides its failure.
    files: ['electron/**/*.ts', 'models/**/*.ts', 'build/**/*.ts'],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: { '@typescript-eslint/no-floating-promises': 'error' },
  },
  {
    // What does not fit on a screen has more than one idea; a fifth value wants a name.
    files: ['electron/**/*.ts', 'models/**/*.ts', 'renderer/**/*.ts', 'build/**/*.ts'],
    rules: { 'max-params': ['error', 4], 'max-lines-per-function': ['error', 70] },
  },
  {
    // French, German, Spanish and Portuguese put a narrow space before signs, in sentences with facts too.
    files: ['renderer/src/text/**/*.ts'],
    rules: { 'no-irregular-whitespace': ['error', { skipStrings: true, skipTemplates: true }] },
  },
  {
    // Names come from anywhere: cli/terminal/lines.ts alone writes to a terminal.
    files: ['electron/hosts/cli.ts', 'electron/hosts/cli/**/*.ts'],
    rules: { 'no-console': 'error' },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: {
      // Maps and sets are replaced whole ($state.raw): no proxies over thousands of records.
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
);
