import boundaries from 'eslint-plugin-boundaries';
import a11y from 'eslint-plugin-jsx-a11y';
import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const layers = [
  { type: 'text', pattern: 'src/text' },
  { type: 'api', pattern: 'src/api' },
  { type: 'ui', pattern: 'src/ui' },
  { type: 'live', pattern: 'src/live' },
  { type: 'graphview', pattern: 'src/graphview' },
  { type: 'feature', pattern: 'src/features/*', capture: ['name'] },
  { type: 'app', pattern: 'src/app' },
];

export default tseslint.config(
  { ignores: ['dist', 'graphiql/dist', 'src/api/generated'] },
  ...tseslint.configs.strictTypeChecked,
  { languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } } },
  { files: ['*.js'], ...tseslint.configs.disableTypeChecked },
  {
    files: ['src/**/*.{ts,tsx}'],
    ...a11y.flatConfigs.strict,
    plugins: { ...a11y.flatConfigs.strict.plugins, 'react-hooks': hooks, boundaries },
    settings: {
      'boundaries/elements': layers,
      'boundaries/include': ['src/**/*'],
      'import/resolver': { typescript: { project: 'tsconfig.json' } },
    },
    rules: {
      ...a11y.flatConfigs.strict.rules,
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      'max-lines': ['error', 300],
      'no-restricted-syntax': ['error', { selector: 'ExportAllDeclaration', message: 'No barrel files: import from the file itself.' }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'boundaries/no-unknown': 'error',
      'boundaries/element-types': ['error', {
        default: 'disallow',
        message: '${file.type} may not import ${dependency.type}',
        rules: [
          { from: 'text', allow: ['text'] },
          { from: 'api', allow: ['api', 'text'] },
          { from: 'ui', allow: ['ui', 'api', 'text'] },
          { from: 'live', allow: ['live', 'api', 'text'] },
          { from: 'graphview', allow: ['graphview', 'ui', 'api', 'text', 'live'] },
          { from: 'feature', allow: ['graphview', 'live', 'ui', 'api', 'text', ['feature', { name: '${from.name}' }]] },
          { from: 'app', allow: ['app', 'feature', 'graphview', 'live', 'ui', 'api', 'text'] },
        ],
      }],
    },
  },
);
