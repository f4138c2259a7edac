import { proveSystem } from './prove.ts';

proveSystem('legacy-finance', ['goods-receipt', 'invoice', 'payment', 'purchase-order', 'supplier']);
