(function () {
  let e = /* @__PURE__ */ new Map();
  ((self.onmessage = ({ data: [t, n] }) => {
    (clearTimeout(e.get(t)),
      e.delete(t),
      n !== void 0 &&
        e.set(
          t,
          setTimeout(() => {
            (e.delete(t), self.postMessage(t));
          }, n),
        ));
  }),
    self.postMessage(0));
})();
//# sourceMappingURL=clock.worker-9n30jh0Y.js.map
