import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

/** Who may import whom: the arrows of docs/architecture.md. */
const depConstraints = [
  { sourceTag: 'app:web', onlyDependOnLibsWithTags: ['lib:client', 'lib:series', 'lib:config', 'lib:search', 'lib:pixels', 'lib:model-zoo', 'lib:run-states'] },
  { sourceTag: 'app:api', onlyDependOnLibsWithTags: ['lib:db', 'lib:series', 'lib:config', 'lib:search', 'lib:model-zoo', 'lib:run-states'] },
  { sourceTag: 'app:trainer', onlyDependOnLibsWithTags: ['lib:client', 'lib:training', 'lib:model-zoo', 'lib:config', 'lib:run-states'] },
  { sourceTag: 'lib:training', onlyDependOnLibsWithTags: ['lib:model-zoo', 'lib:config'] },
  { sourceTag: 'lib:client', onlyDependOnLibsWithTags: ['lib:series', 'lib:config', 'lib:search', 'lib:model-export', 'lib:run-states'] },
  { sourceTag: 'lib:stack', onlyDependOnLibsWithTags: ['lib:db'] },
  { sourceTag: 'lib:db', onlyDependOnLibsWithTags: ['lib:series', 'lib:run-states'] },
  { sourceTag: 'lib:model-export', onlyDependOnLibsWithTags: ['lib:model-zoo'] },
  { sourceTag: 'lib:model-zoo', onlyDependOnLibsWithTags: [] },
  { sourceTag: 'lib:pixels', onlyDependOnLibsWithTags: [] },
  { sourceTag: 'lib:python', onlyDependOnLibsWithTags: [] },
  { sourceTag: 'lib:run-states', onlyDependOnLibsWithTags: [] },
  { sourceTag: 'lib:search', onlyDependOnLibsWithTags: [] },
  { sourceTag: 'lib:series', onlyDependOnLibsWithTags: [] },
  { sourceTag: 'lib:config', onlyDependOnLibsWithTags: [] },
  { sourceTag: 'test', onlyDependOnLibsWithTags: ['*'] },
];

export default tseslint.config(
  { ignores: ['**/dist/**', '**/.next/**', '**/node_modules/**', '**/generated/**', '**/next-env.d.ts', '**/*.js', '**/*.mjs'] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    plugins: { '@nx': nx },
    languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } },
    rules: {
      // The API imports the catalogue at its start, and what needs TensorFlow only when a backbone is imported.
      '@nx/enforce-module-boundaries': ['error', { enforceBuildableLibDependency: false, allow: [], depConstraints, checkDynamicDependenciesExceptions: ['@thaw/model-zoo', '@thaw/model-zoo/**'] }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      'no-undef': 'off',
    },
  },
  {
    files: ['test/{e2e,kit}/**/*.ts'],
    ignores: ['test/kit/visit.ts'],
    rules: {
      'no-restricted-syntax': ['error', {
        selector: 'CallExpression[callee.property.name="getByRole"] > ObjectExpression:has(> Property[key.name="name"]:not([value.regex]):not([value.type="NewExpression"])):not(:has(> Property[key.name="exact"]))',
        message: 'Say exact: true, or give a pattern: a name given as text is found inside longer ones, too, and a page may show one of those only sometimes.',
      }, {
        selector: 'MemberExpression[property.name=/^(goto|reload)$/]',
        message: 'Use visit and reload of test/kit/visit.ts: what is pressed before a page is hydrated is lost.',
      }],
    },
  },
);
