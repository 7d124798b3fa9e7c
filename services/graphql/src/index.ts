export { createGraphql, graphqlService, type GraphqlOptions, type GraphqlTargets } from './graphql.service.js';
export { GraphqlModule } from './graphql.module.js';
