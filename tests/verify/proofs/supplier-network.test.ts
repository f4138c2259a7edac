import { proveSystem } from './prove.ts';

proveSystem('supplier-network', ['goods-receipt', 'invoice', 'payment', 'purchase-order', 'supplier']);
