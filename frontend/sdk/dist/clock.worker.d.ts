export {};
//# sourceMappingURL=clock.worker.d.ts.map