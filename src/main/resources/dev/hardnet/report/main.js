showSummary();
showArena();
showRoofline();
showTimes();
showLayers();
showComparison();
followPage();
