// The life of a picture's page: what is hovered, chosen, searched and filtered.
// `network`, `nodes` and `edges` are those that pyvis made; everything else is read from the page's
// own data. Texts enter the page as text nodes only.
(function () {
  "use strict";
  var picture = JSON.parse(document.getElementById("picture").textContent);
  var words = picture.words;
  var stage = document.querySelector(".stage");
  var hover = document.getElementById("hover");
  var told = document.getElementById("told");
  var search = document.getElementById("search");
  var hits = document.getElementById("hits");
  var count = document.getElementById("count");
  var boxes = Array.from(document.querySelectorAll("#legend input"));

  var things = new Map(picture.things.map(function (thing) { return [thing.id, thing]; }));
  var ofNode = new Map();
  var ofEdge = new Map();
  things.forEach(function (thing) {
    thing.nodes.forEach(function (id) { ofNode.set(id, thing); });
    thing.edges.forEach(function (id) { ofEdge.set(id, thing); });
  });
  var inks = new Map(edges.get().map(function (edge) { return [edge.id, edge.color]; }));

  function element(name, kind, text) {
    var made = document.createElement(name);
    if (kind) made.className = kind;
    made.textContent = text;
    return made;
  }

  function tell(place, thing, most) {
    var list = document.createElement("dl");
    thing.facts.slice(0, most).forEach(function (fact) {
      list.append(element("dt", "", fact[0]), element("dd", "", fact[1]));
    });
    place.replaceChildren(
      element("p", "name", thing.name), element("p", "kind", thing.kind), list);
  }

  // What a choice brings out: the thing, what it is linked to, and the links between.
  function around(thing) {
    var found = new Set([thing.id]);
    function add(id) { if (id) { found.add(id); add(things.get(id).frame); } }
    add(thing.id);
    (thing.members || []).forEach(add);
    if (thing.ends) thing.ends.forEach(function (id) {
      add(id);
      (things.get(id).members || []).forEach(add);
    });
    var reached = Array.from(found);
    if (!thing.ends) things.forEach(function (other) {
      if (other.ends && other.ends.some(function (id) { return reached.includes(id); })) {
        add(other.id);
        other.ends.forEach(function (id) {
          add(id);
          (things.get(id).members || []).forEach(add);
        });
      }
    });
    return found;
  }

  function bringOut(found) {
    var changedNodes = [], changedEdges = [];
    things.forEach(function (thing) {
      var clear = !found || found.has(thing.id);
      thing.nodes.forEach(function (id) {
        var font = nodes.get(id).font || {};
        changedNodes.push({ id: id, opacity: clear ? 1 : 0.25,
          font: Object.assign({}, font, { color: clear ? picture.ink : picture.faint }) });
      });
      thing.edges.forEach(function (id) {
        changedEdges.push({ id: id,
          color: Object.assign({}, inks.get(id), { opacity: clear ? 1 : 0.15 }) });
      });
    });
    nodes.update(changedNodes);
    edges.update(changedEdges);
  }

  function choose(thing) {
    if (!thing) {
      bringOut(null);
      told.replaceChildren(element("p", "", words.choose));
      return;
    }
    bringOut(around(thing));
    tell(told, thing);
  }

  function place(box, event) {
    var frame = stage.getBoundingClientRect();
    var x = event.clientX - frame.left, y = event.clientY - frame.top;
    box.style.left = Math.max(4, Math.min(x + 14, frame.width - box.offsetWidth - 4)) + "px";
    var below = y + 16;
    box.style.top = (below + box.offsetHeight > frame.height - 4
      ? Math.max(4, y - box.offsetHeight - 12) : below) + "px";
  }

  function show(thing, event) {
    if (!thing || !event || event.clientX === undefined) return;
    tell(hover, thing, 6);
    hover.hidden = false;
    place(hover, event);
  }

  function hide() { hover.hidden = true; }

  network.on("hoverNode", function (asked) { show(ofNode.get(asked.node), asked.event); });
  network.on("hoverEdge", function (asked) { show(ofEdge.get(asked.edge), asked.event); });
  network.on("blurNode", hide);
  network.on("blurEdge", hide);
  network.on("dragStart", hide);
  network.on("zoom", hide);
  network.on("click", function (asked) {
    hide();
    choose(ofNode.get(asked.nodes[0]) || ofEdge.get(asked.edges[0]));
  });

  // Where the whole would be too small to read, the picture opens at what it is about.
  function whole() { network.fit({ animation: false }); }
  function start() {
    whole();
    if (network.getScale() >= picture.legible || !things.has(picture.focus)) return;
    var middle = network.getPosition(things.get(picture.focus).nodes[0]);
    function kept(wanted, low, high, room) {
      var half = room / picture.readable / 2 - 20;
      return high - low < 2 * half ? (low + high) / 2
        : Math.min(Math.max(wanted, low + half), high - half);
    }
    var box = picture.extent;
    network.moveTo({ scale: picture.readable, animation: false, position: {
      x: kept(middle.x, box[0], box[2], stage.clientWidth),
      y: kept(middle.y, box[1], box[3], stage.clientHeight) } });
  }
  function zoom(factor) { network.moveTo({ scale: network.getScale() * factor }); }
  document.getElementById("whole").addEventListener("click", whole);
  document.getElementById("start").addEventListener("click", function () {
    network.unselectAll();
    choose(null);
    start();
  });
  document.getElementById("nearer").addEventListener("click", function () { zoom(1.3); });
  document.getElementById("farther").addEventListener("click", function () { zoom(1 / 1.3); });

  function plain(text) { return text.normalize("NFKC").toLowerCase(); }
  var texts = picture.things.map(function (thing) { return plain(thing.name); });

  function find() {
    var wanted = plain(search.value).split(/\s+/).filter(Boolean);
    var found = !wanted.length ? [] : picture.things.filter(function (thing, at) {
      return thing.name && wanted.every(function (word) { return texts[at].includes(word); });
    });
    count.textContent = wanted.length ? words.found.replace("{}", found.length) : "";
    hits.hidden = !found.length;
    hits.replaceChildren.apply(hits, found.slice(0, 30).map(function (thing) {
      var line = document.createElement("li");
      var button = element("button", "", thing.name);
      button.type = "button";
      if (thing.ends) button.append(element("span", "kind", thing.kind));
      button.addEventListener("click", function () { go(thing); });
      line.append(button);
      return line;
    }));
    return found;
  }

  function go(thing) {
    hits.hidden = true;
    filter(thing);
    network.unselectAll();
    network.selectNodes(thing.nodes.slice(0, 1), false);
    network.moveTo({ position: network.getPosition(thing.nodes[0]),
      scale: Math.max(network.getScale(), picture.readable) });
    choose(thing);
  }

  search.addEventListener("input", find);
  search.addEventListener("keydown", function (event) {
    if (event.key === "Escape") { search.value = ""; find(); }
    if (event.key !== "Enter") return;
    var found = find();
    if (found.length) go(found[0]);
  });

  // A link is there as long as each of its kinds is; what had links and has none left goes too.
  function filter(needed) {
    if (needed && needed.kinds) boxes.forEach(function (box) {
      if (needed.kinds.includes(box.value)) box.checked = true;
    });
    var off = new Set(boxes.filter(function (box) { return !box.checked; })
      .map(function (box) { return box.value; }));
    var linked = new Map();
    var changedNodes = [], changedEdges = [];
    function hideThing(thing, hidden) {
      thing.nodes.forEach(function (id) { changedNodes.push({ id: id, hidden: hidden }); });
      thing.edges.forEach(function (id) { changedEdges.push({ id: id, hidden: hidden }); });
    }
    things.forEach(function (thing) {
      if (!thing.ends) return;
      var hidden = thing.kinds.some(function (kind) { return off.has(kind); });
      hideThing(thing, hidden);
      thing.ends.forEach(function (id) {
        var home = things.get(id).frame || id;
        linked.set(home, linked.get(home) || !hidden);
      });
    });
    things.forEach(function (thing) {
      if (thing.ends) return;
      var home = thing.frame || thing.id;
      hideThing(thing, linked.get(home) === false && home !== picture.focus);
    });
    nodes.update(changedNodes);
    edges.update(changedEdges);
  }
  boxes.forEach(function (box) { box.addEventListener("change", function () { filter(); }); });

  start();
  document.documentElement.dataset.ready = "true";
})();
