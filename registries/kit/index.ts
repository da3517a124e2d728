export {
  type AskContext,
  type ChangesContext,
  type ChannelDefinition,
  defineAdapter,
  type RegistryDefinition,
  type ToldChange,
} from './adapter.ts';
export { publishChange } from './publish.ts';
export { type DeliveryResult, found, type LookupResult, notFound, refused, tryLater } from './results.ts';
export { runAdapter } from './run.ts';
export { serveAdapter } from './serve.ts';
