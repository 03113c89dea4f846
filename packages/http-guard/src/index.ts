export { isAdminCaller } from './caller.ts';
export { isAllowedHost, isOwnOrigin } from './host.ts';
