export type { Route } from '@leak-lab/json-service';
