import { proveSystem } from './prove.ts';

proveSystem('sap-s4hana', ['supplier']);
