export { realClock, type SandboxClock } from './sandbox-clock.js';
export { VirtualTime } from './virtual-time.js';
export {
  VENDORS,
  type HookTarget,
  type NewListing,
  type OrderLine,
  type RefundLine,
  type ShownListing,
  type SimulatorOptions,
  type Vendor,
  type VendorSimulator,
} from './simulator.js';
export { figuresSet, type SetFigure } from './set-figures.js';
export { FaultPlan, type Fault } from './faults/fault-plan.js';
export { contractFile } from './specifications/contracts-folder.js';
export { callFault, serveVendor, type VendorServer } from './http/vendor-server.js';
export { jsonOf, type VendorAnswer, type VendorCall, type VendorRoute } from './http/vendor-call.js';
export { CallLog, type LoggedCall } from './http/call-log.js';
export { startEbaySimulator, type EbaySimulator } from './ebay/ebay-simulator.js';
export type { EbayOptions } from './ebay/options.js';
export { startShopifySimulator, type ShopifyListing, type ShopifyOptions, type ShopifySimulator } from './shopify/shopify-simulator.js';
export { startAmazonSimulator, type AmazonSimulator, type AmazonSimulatorOptions } from './amazon/amazon-simulator.js';
export { startWalmartSimulator, type WalmartSimulator } from './walmart/walmart-simulator.js';
export type { WalmartOptions } from './walmart/options.js';
export { startZalandoSimulator, type ZalandoSimulator, type ZalandoSimulatorOptions } from './zalando/zalando-simulator.js';
export { Company } from './erp/company.js';
export { CompanyLife } from './erp/company-life.js';
export { ERP_SYSTEMS, type ErpOptions, type ErpSimulator, type ErpSystem } from './erp/erp-simulator.js';
export { fillSmallCompany } from './erp/small-company.js';
export type { Figures, Place, StockRow } from './erp/stock-row.js';
export { startSapSimulator, type SapOptions, type SapSimulator } from './sap-s4hana/sap-simulator.js';
export { startTotvsSimulator, type TotvsOptions, type TotvsSimulator } from './totvs-protheus/totvs-simulator.js';
export { startLinxSimulator, type LinxOptions, type LinxSimulator } from './linx-microvix/linx-simulator.js';
