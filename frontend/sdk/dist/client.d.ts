import type { CarillonClient, ClientOptions } from './types.ts';
/** Makes a client; it does nothing until `connect()`. */
export declare function createClient(options?: ClientOptions): CarillonClient;
//# sourceMappingURL=client.d.ts.map