// A video is asked of its site only when the reader says so.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-video]");
  if (!button) return;
  const frame = document.createElement("iframe");
  frame.src = button.dataset.video;
  frame.title = button.dataset.title;
  frame.allowFullscreen = true;
  frame.className = "video-frame";
  button.replaceWith(frame);
  frame.focus();
});
