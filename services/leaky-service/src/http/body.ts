export { checkBody } from '@leak-lab/json-service';
