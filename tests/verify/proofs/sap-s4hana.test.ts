import { proveSystem } from './prove.ts';

proveSystem('sap-s4hana', ['goods-receipt', 'invoice', 'payment', 'purchase-order', 'supplier']);
