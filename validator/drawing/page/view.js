"use strict";

/**
 * Shows a picture in a frame that it fills: the wheel zooms at the pointer, dragging moves the
 * picture, two fingers do both. Lengths are pixels of the picture at its natural size.
 */
function panAndZoom(frame, picture) {
  const width = picture.width.baseVal.value;
  const height = picture.height.baseVal.value;
  const MOST = 3;
  // So much of the picture stays in the frame, in pixels of the screen.
  const KEPT = 60;
  let scale = 1;
  let left = 0;
  let top = 0;

  const whole = () => Math.min(1, frame.clientWidth / width, frame.clientHeight / height);

  function draw() {
    const [wide, high] = [frame.clientWidth / scale, frame.clientHeight / scale];
    const kept = KEPT / scale;
    left = Math.min(Math.max(left, kept - wide), width - kept);
    top = Math.min(Math.max(top, kept - high), height - kept);
    picture.setAttribute("viewBox", `${left} ${top} ${wide} ${high}`);
  }

  /** Show the picture from its beginning, in the middle if there is room for all of it. */
  function show(at) {
    scale = at;
    left = Math.min((width - frame.clientWidth / scale) / 2, 0);
    top = Math.min((height - frame.clientHeight / scale) / 2, 0);
    draw();
  }

  /** Zoom by a factor; what is at a point of the screen stays there, by default the middle. */
  function zoom(factor, x, y) {
    const box = frame.getBoundingClientRect();
    const [dx, dy] = [
      x === undefined ? box.width / 2 : x - box.left,
      y === undefined ? box.height / 2 : y - box.top,
    ];
    const next = Math.min(MOST, Math.max(Math.min(whole(), 0.1), scale * factor));
    left += dx / scale - dx / next;
    top += dy / scale - dy / next;
    scale = next;
    draw();
  }

  /** Move by a distance on the screen. */
  function move(dx, dy) {
    left -= dx / scale;
    top -= dy / scale;
    draw();
  }

  /** Move as little as needed so that an element is seen. */
  function reveal(element) {
    const [box, around] = [element.getBoundingClientRect(), frame.getBoundingClientRect()];
    const by = (start, end, first, last) => {
      if (start < first) return first - start;
      return end > last ? Math.max(last - end, first - start) : 0;
    };
    const gap = 12;
    move(
      by(box.left - gap, box.right + gap, around.left, around.right),
      by(box.top - gap, box.bottom + gap, around.top, around.bottom),
    );
  }

  frame.addEventListener("wheel", (event) => {
    // Two fingers on a touchpad are a wheel with the control key, and small numbers.
    const pixels = event.deltaY * [1, 16, 400][event.deltaMode] * (event.ctrlKey ? 5 : 1);
    zoom(Math.exp(-Math.min(Math.max(pixels, -200), 200) / 400), event.clientX, event.clientY);
    event.preventDefault();
  }, { passive: false });

  // The fingers, or the mouse, that hold the picture.
  const held = new Map();
  let dragged = false;
  const middle = () => {
    const points = [...held.values()];
    const mean = (axis) => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
    return [mean(0), mean(1)];
  };
  const spread = () => {
    const [one, other] = held.values();
    return other ? Math.hypot(one[0] - other[0], one[1] - other[1]) : 0;
  };
  frame.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    if (!held.size) dragged = false;
    held.set(event.pointerId, [event.clientX, event.clientY]);
  });
  frame.addEventListener("pointermove", (event) => {
    const from = held.get(event.pointerId);
    if (!from) return;
    if (!dragged && Math.hypot(event.clientX - from[0], event.clientY - from[1]) < 4) return;
    dragged = true;
    frame.classList.add("dragged");
    frame.setPointerCapture(event.pointerId);
    const [before, apart] = [middle(), spread()];
    held.set(event.pointerId, [event.clientX, event.clientY]);
    const after = middle();
    move(after[0] - before[0], after[1] - before[1]);
    if (apart && spread()) zoom(spread() / apart, ...after);
  });
  const release = (event) => {
    held.delete(event.pointerId);
    if (!held.size) frame.classList.remove("dragged");
  };
  frame.addEventListener("pointerup", release);
  frame.addEventListener("pointercancel", release);
  // The end of a drag is no click, and a link is not dragged away.
  frame.addEventListener("click", (event) => { if (dragged) event.preventDefault(); }, true);
  frame.addEventListener("dragstart", (event) => event.preventDefault());

  frame.classList.add("panned");
  new ResizeObserver(draw).observe(frame);
  show(Math.max(whole(), 0.6));
  return { fit: () => show(whole()), zoom, reveal, scale: () => scale };
}
