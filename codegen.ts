import type { CodegenConfig } from '@graphql-codegen/cli';

const scalars = {
  DateTime: 'string',
  JSON: 'any',
  MetricColumns: '@thaw/series#MetricColumns',
  MetricPoints: '@thaw/series#MetricPoints',
  MetricNumber: "number | 'NaN' | 'Infinity' | '-Infinity'",
};

/** Typed documents for the two GraphQL clients, from the .graphql files beside their code. */
const config: CodegenConfig = {
  schema: 'schema.graphql',
  ignoreNoDocuments: true,
  generates: {
    'libs/client/src/generated/': {
      documents: 'libs/client/src/**/*.graphql',
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: { scalars, documentMode: 'string', enumsAsTypes: true, useTypeImports: true },
    },
    'apps/web/src/generated/': {
      documents: 'apps/web/src/**/*.graphql',
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: { scalars, enumsAsTypes: true, useTypeImports: true },
    },
  },
};

export default config;
